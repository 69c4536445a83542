/**
 * Minibatches of any kind on their way to a network.
 *
 * <pre>
 *  DataSetIterator ──► PrefetchingIterator ──► fit, evaluate, a loop of one's own
 *  of any source       a thread makes the next minibatches
 * </pre>
 */
package org.dl4jsnn.data;
