/** The loops that watch the service and set limit and reserve, and the actor that turns them. */
package io.tidegate.engine.control;
