/**
 * Internal: threads. Runs the samples of a minibatch in parallel, with as many threads as the
 * property {@code org.dl4jsnn.threads} allows for all workers together, and provides threads that
 * read ahead and end when idle.
 */
package org.dl4jsnn.internal.parallel;
