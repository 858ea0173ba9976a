/** The words of a decision: what is asked, what is answered, and how an admitted request ends. */
package io.tidegate.engine.admission;
