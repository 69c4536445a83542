/**
 * Encoders: from the features of a data set to the spike train that enters a network. {@link
 * org.dl4jsnn.encode.SpikeEncoder} lists them.
 */
package org.dl4jsnn.encode;
