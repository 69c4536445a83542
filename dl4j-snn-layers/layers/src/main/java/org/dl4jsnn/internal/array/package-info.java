/**
 * Internal: Deeplearning4j's arrays and layers as the library takes them: copies between ND4J
 * arrays, wherever their backend keeps them, and Java arrays; labels that are one-hot; the layer
 * inside wrappers.
 */
package org.dl4jsnn.internal.array;
