/**
 * Internal: threads. Samples of a minibatch in parallel, by as many threads as the property {@code
 * org.dl4jsnn.threads} allows for all workers together, and threads that read ahead and end when
 * nobody needs them.
 */
package org.dl4jsnn.internal.parallel;
