/** Sockets towards the clients: accepting them, their deadlines, and the end of a client. */
package io.tidegate.http.transport;
