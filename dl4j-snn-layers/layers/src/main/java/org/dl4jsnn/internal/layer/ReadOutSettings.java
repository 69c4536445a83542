package org.dl4jsnn.internal.layer;

import org.dl4jsnn.internal.host.IntegratorDecays;
import org.dl4jsnn.neuron.MembraneReadOut;

/**
 * The settings that a {@link LeakyReadOutLayer} reads from its configuration.
 *
 * @param name the layer's name in messages
 * @param decays λ, and β if there is a synaptic current
 * @param gains G, one for all neurons or one per neuron; null if it is 1
 * @param reads what is read from the membrane
 */
public record ReadOutSettings(
    String name, IntegratorDecays decays, double[] gains, MembraneReadOut reads) {}
