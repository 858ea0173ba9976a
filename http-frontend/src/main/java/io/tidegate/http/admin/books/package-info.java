/** The books of the gate, as Prometheus reads them and as people do. */
package io.tidegate.http.admin.books;
