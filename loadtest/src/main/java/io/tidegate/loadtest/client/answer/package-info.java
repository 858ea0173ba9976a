/**
 * What a client makes of an answer: its head, the events of its stream as they come in, and whether
 * it is whole.
 */
package io.tidegate.loadtest.client.answer;
