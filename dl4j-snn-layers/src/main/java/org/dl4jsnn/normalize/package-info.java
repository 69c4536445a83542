/**
 * Batch normalisation of input currents, folded into the synapses for the simulation. Knows neither
 * layers nor gradient rules.
 */
package org.dl4jsnn.normalize;
