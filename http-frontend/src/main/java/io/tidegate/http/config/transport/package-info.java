/** How the data port's sockets are driven, as the configuration has it. */
package io.tidegate.http.config.transport;
