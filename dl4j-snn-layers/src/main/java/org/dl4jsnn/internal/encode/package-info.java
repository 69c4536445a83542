/**
 * Internal: encoders on plain arrays: the spikes of features in the order of arrays. The library's
 * encoders and the runtime's jar share them, so they know neither ND4J nor Deeplearning4j.
 */
package org.dl4jsnn.internal.encode;
