/** The front end as a whole: a reverse proxy on two ports around an engine. */
package io.tidegate.http;
