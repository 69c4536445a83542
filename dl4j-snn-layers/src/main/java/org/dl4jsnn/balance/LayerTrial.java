package org.dl4jsnn.balance;

import java.util.Optional;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.dl4jsnn.internal.handover.AttachedSpikeTrains;
import org.dl4jsnn.internal.layer.SpikingLayer;
import org.dl4jsnn.monitor.LayerRates;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Simulates one layer over the same input again and again, as in training. */
final class LayerTrial {

  private final String name;
  private final SpikingLayer layer;
  private final INDArray input;

  /** The train beside the input, kept since a layer lets go of it when it takes it. */
  private final Optional<AttachedSpikeTrains.Beside> beside;

  LayerTrial(String name, SpikingLayer layer, INDArray input) {
    this.name = name;
    this.layer = layer;
    this.input = input;
    this.beside = AttachedSpikeTrains.beside(input);
  }

  /** The mean firing rate as the layer now is. */
  double rate() {
    try (INDArray rates = run()) {
      AttachedSpikeTrains.release(rates);
      return LayerRates.of(name(), rates).mean();
    }
  }

  /** The activation as the layer now is, with its train beside it. */
  private INDArray run() {
    restore();
    return layer.activate(input, true, LayerWorkspaceMgr.noWorkspaces());
  }

  /** Puts the train beside the input again, for whoever runs the layer next. */
  void restore() {
    beside.ifPresent(kept -> AttachedSpikeTrains.attach(input, kept, layer.settings().name()));
  }

  /** The layer's name. */
  String name() {
    return name;
  }

  /** Whether no spikes come in. */
  boolean isInputSilent() {
    return beside.map(kept -> kept.train().density() == 0).orElse(true);
  }
}
