/** What a virtual user does, as plain data: steps, chat calls, checks, feeders. */
package io.tidegate.loadtest.scenario;
