/**
 * Internal: encoders on plain arrays: the spikes of features in array order. Shared by the encoders
 * of the layers and by the runtime, so they depend on neither ND4J nor Deeplearning4j.
 */
package org.dl4jsnn.internal.encode;
