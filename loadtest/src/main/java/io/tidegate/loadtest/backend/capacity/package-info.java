/** What a GPU server with continuous batching can carry: pure rules, with time handed in. */
package io.tidegate.loadtest.backend.capacity;
