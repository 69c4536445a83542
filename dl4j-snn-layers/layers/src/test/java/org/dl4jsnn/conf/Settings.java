package org.dl4jsnn.conf;

import org.dl4jsnn.internal.layer.LayerSettings;

/** Configurations as layers ask them, for tests of layers. */
public final class Settings {

  private Settings() {}

  public static LayerSettings of(BaseSpikingLayer layer) {
    return new ConfiguredLayer(layer);
  }
}
