/** Socket loops of the gate's own: a selector and a task queue for each core. */
package io.tidegate.http.transport.loop;
