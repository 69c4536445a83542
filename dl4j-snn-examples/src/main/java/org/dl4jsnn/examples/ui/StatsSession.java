package org.dl4jsnn.examples.ui;

import java.util.Collection;
import org.deeplearning4j.core.storage.Persistable;
import org.deeplearning4j.core.storage.StatsStorage;
import org.deeplearning4j.core.storage.StatsStorageRouter;
import org.deeplearning4j.core.storage.StorageMetaData;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.ui.model.stats.api.StatsInitializationReport;
import org.deeplearning4j.ui.model.stats.api.StatsReport;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.encode.SpikeEncoder;
import org.dl4jsnn.examples.support.Output;

/**
 * One training's statistics on their way from Deeplearning4j's listener to a storage. Minibatches
 * already stored are skipped, so a training resumed from a checkpoint continues where its charts
 * end.
 */
final class StatsSession implements StatsStorageRouter {

  /** The one network of a session, as the UI names it. */
  static final String WORKER = "network";

  private final StatsStorage storage;
  private final Runnable begun;
  private final Output output;
  private final int last;
  private long frames;
  private long scoreOf = 1;
  private boolean broken;

  /**
   * A session; its last minibatch in the storage is -1 for none, and {@code begun} runs once the
   * storage knows it.
   */
  StatsSession(StatsStorage storage, int last, Runnable begun, Output output) {
    this.storage = storage;
    this.last = last;
    this.begun = begun;
    this.output = output;
  }

  /** Sets the steps of frames, which only the features know. */
  void setFrames(long steps) {
    frames = steps;
  }

  /** Sets the number of samples summed in a score; it is stored per sample. */
  void setScoreOf(long samples) {
    scoreOf = samples;
  }

  @Override
  public void putStorageMetaData(StorageMetaData metaData) {
    keep(() -> storage.putStorageMetaData(metaData));
  }

  @Override
  public void putStorageMetaData(Collection<? extends StorageMetaData> metaData) {
    metaData.forEach(this::putStorageMetaData);
  }

  @Override
  public void putStaticInfo(Persistable info) {
    if (info instanceof StatsInitializationReport report) {
      tellEncoding(report);
    }
    keep(() -> storage.putStaticInfo(info));
    begun.run();
  }

  @Override
  public void putStaticInfo(Collection<? extends Persistable> infos) {
    infos.forEach(this::putStaticInfo);
  }

  @Override
  public void putUpdate(Persistable update) {
    if (update instanceof StatsReport report) {
      if (report.getIterationCount() <= last) {
        return;
      }
      report.reportScore(report.getScore() / scoreOf);
    }
    keep(() -> storage.putUpdate(update));
  }

  @Override
  public void putUpdate(Collection<? extends Persistable> updates) {
    updates.forEach(this::putUpdate);
  }

  /** A full disk must not end a training. */
  private void keep(Runnable put) {
    if (broken) {
      return;
    }
    try {
      put.run();
    } catch (RuntimeException e) {
      broken = true;
      output.warning("%nWarning: statistics are no longer kept: %s", e);
    }
  }

  /** The pages show only the name of an encoding, and no other layer's configuration holds T. */
  private void tellEncoding(StatsInitializationReport report) {
    if (!report.getModelClassName().equals(MultiLayerNetwork.class.getName())) {
      return;
    }
    MultiLayerConfiguration shown = MultiLayerConfiguration.fromJson(report.getModelConfigJson());
    if (shown.getConf(0).getLayer() instanceof SpikeEncoding encoding) {
      String steps = encoding.getEncoder().equals(SpikeEncoder.frames()) ? ", T " + frames : "";
      encoding.setLayerName(encoding.getLayerName() + " (" + encoding.getEncoder() + steps + ")");
      report.reportModelInfo(
          report.getModelClassName(),
          shown.toJson(),
          report.getModelParamNames(),
          report.getModelNumLayers(),
          report.getModelNumParams());
    }
  }
}
