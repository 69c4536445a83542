/**
 * Internal: encoders on plain arrays: the spikes of features in array order. Shared by the
 * library's encoders and the runtime's jar, so they depend on neither ND4J nor Deeplearning4j.
 */
package org.dl4jsnn.internal.encode;
