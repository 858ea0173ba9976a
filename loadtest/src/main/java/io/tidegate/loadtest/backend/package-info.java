/**
 * The simulated chat backend: an OpenAI-compatible server in front of the model of a GPU server.
 */
package io.tidegate.loadtest.backend;
