/** TLS under the data port: the server's side of it, and certificates that change while it runs. */
package io.tidegate.http.transport.tls;
