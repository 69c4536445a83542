/**
 * Minibatches of any kind on their way to a network.
 *
 * <pre>
 *  DataSetIterator ──► PrefetchingIterator ──► fit, evaluate, your own loop
 *  of any source       a thread makes the next minibatches
 * </pre>
 */
package org.dl4jsnn.data;
