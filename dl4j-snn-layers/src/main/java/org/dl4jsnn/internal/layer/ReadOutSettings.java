package org.dl4jsnn.internal.layer;

import org.dl4jsnn.internal.host.IntegratorDecays;
import org.dl4jsnn.neuron.MembraneReadOut;

/**
 * What a {@link LeakyReadOutLayer} asks its configuration.
 *
 * @param name the layer as messages name it
 * @param decays λ, and β where there is a synaptic current
 * @param gains G, one for all neurons or one a neuron; null where it is 1
 * @param reads what is read of the membrane
 */
public record ReadOutSettings(
    String name, IntegratorDecays decays, double[] gains, MembraneReadOut reads) {}
