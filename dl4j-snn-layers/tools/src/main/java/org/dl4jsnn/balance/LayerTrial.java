package org.dl4jsnn.balance;

import java.util.Optional;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.dl4jsnn.internal.handover.AttachedSpikeTrains;
import org.dl4jsnn.internal.layer.SpikingLayer;
import org.dl4jsnn.monitor.FiringRates;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Simulates one layer repeatedly over the same input, as in training. */
final class LayerTrial {

  private final String name;
  private final SpikingLayer layer;
  private final INDArray input;

  /** The train attached to the input, kept since the layer detaches it when it reads it. */
  private final Optional<AttachedSpikeTrains.Beside> beside;

  LayerTrial(String name, SpikingLayer layer, INDArray input) {
    this.name = name;
    this.layer = layer;
    this.input = input;
    this.beside = AttachedSpikeTrains.beside(input);
  }

  /** The mean firing rate with the layer's present settings. */
  double rate() {
    try (INDArray rates = run()) {
      AttachedSpikeTrains.release(rates);
      return FiringRates.of(name(), rates).mean();
    }
  }

  /** The activation with the layer's present settings, its train attached. */
  private INDArray run() {
    restore();
    return layer.activate(input, true, LayerWorkspaceMgr.noWorkspaces());
  }

  /** Attaches the train to the input again, for the next run of the layer. */
  void restore() {
    beside.ifPresent(kept -> AttachedSpikeTrains.attach(input, kept, layer.settings().name()));
  }

  /** The layer's name. */
  String name() {
    return name;
  }

  /** Whether no spikes arrive. */
  boolean isInputSilent() {
    return beside.map(kept -> kept.train().density() == 0).orElse(true);
  }
}
