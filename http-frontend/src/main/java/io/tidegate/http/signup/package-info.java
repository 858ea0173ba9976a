/**
 * The sign-up gate as people and the operator's own sign-up service see it: the calls under {@code
 * /signup/v1/}, and the events that are told by webhook.
 */
package io.tidegate.http.signup;
