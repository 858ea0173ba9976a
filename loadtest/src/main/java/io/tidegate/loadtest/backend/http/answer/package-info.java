/**
 * How the simulated backend answers: whole, token by token, not at all, or broken off as the
 * request asked.
 */
package io.tidegate.loadtest.backend.http.answer;
