/** The backend's HTTP side: requests in, paced tokens and scripted faults out. */
package io.tidegate.loadtest.backend.http;
