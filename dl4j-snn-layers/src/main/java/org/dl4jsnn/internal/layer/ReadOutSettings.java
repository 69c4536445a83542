package org.dl4jsnn.internal.layer;

import org.dl4jsnn.neuron.MembraneReadOut;

/**
 * What a {@link LeakyReadOutLayer} asks its configuration.
 *
 * @param name the layer as messages name it
 * @param leak λ
 * @param reads what is read of the membrane
 */
public record ReadOutSettings(String name, double leak, MembraneReadOut reads) {}
