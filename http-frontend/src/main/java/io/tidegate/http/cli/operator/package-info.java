/** Commands that ask a running gate by its admin port. */
package io.tidegate.http.cli.operator;
