/** The sections of a configuration about the sale of plans, and where it is kept. */
package io.tidegate.http.config.signup;
