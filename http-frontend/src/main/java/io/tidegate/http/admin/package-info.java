/** The operator's port: health, metrics, status, and the actions an operator may take. */
package io.tidegate.http.admin;
