/** The only place that turns a refusal or a failure into a status, headers and JSON. */
package io.tidegate.http.reply;
