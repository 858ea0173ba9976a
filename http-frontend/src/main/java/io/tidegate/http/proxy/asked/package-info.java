/** What a request asks for: read out of its body and head, and put into the engine's words. */
package io.tidegate.http.proxy.asked;
