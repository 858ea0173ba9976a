/** What must hold of a run: chains of scope, statistic and condition, judged from its data. */
package io.tidegate.loadtest.assertion;
