/** Answers of the simulated backend that carry no tokens: JSON, and errors in OpenAI's form. */
package io.tidegate.loadtest.backend.http.reply;
