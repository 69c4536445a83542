/**
 * Minibatches on their way to a network.
 *
 * <pre>
 *  EventDataSet ──► EventDataSetIterator ─┐
 *  CochleaFile ─► CochleaDataSetIterator ─┤
 *  files of MNIST ──► IdxDataSetIterator ─┼─► PrefetchingIterator ──► fit, evaluate, your own loop
 *  any other source ───► DataSetIterator ─┘   a thread makes the next minibatches
 * </pre>
 */
package org.dl4jsnn.data;
