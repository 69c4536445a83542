/**
 * Internal: Deeplearning4j's Adam, L2 regularisation and weight decay on the threads that simulate.
 * ND4J's operations take several passes over all weights with one thread.
 */
package org.dl4jsnn.internal.update;
