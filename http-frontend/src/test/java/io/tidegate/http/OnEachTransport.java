package io.tidegate.http;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/**
 * Tests of what clients see on the wire, which has to be the same whoever drives the sockets. The
 * build runs them once for each kind of transport, and counts each run by itself.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("transport")
public @interface OnEachTransport {}
