/**
 * Batch normalisation of input currents, folded into the synapses for the simulation. Depends on
 * neither layers nor gradient rules.
 */
package org.dl4jsnn.normalize;
