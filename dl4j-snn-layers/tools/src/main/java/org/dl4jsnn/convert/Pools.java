package org.dl4jsnn.convert;

import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.dl4jsnn.spike.FeatureShape;

/** Pooling of spikes without neurons, which would round a second time. */
record Pools(SpikingParts parts, ConversionRefusals refusals) {

  Signal of(Stage stage, Signal input) {
    if (stage instanceof Stage.Pooling pooling) {
      return windows(pooling, input);
    }
    if (stage instanceof Stage.GlobalPooling pooling) {
      return globally(pooling, input);
    }
    // A function that firing rates cannot follow, refused when the network was read.
    return input;
  }

  private Signal windows(Stage.Pooling stage, Signal input) {
    FeatureShape train = input.train();
    boolean isMaximum = stage.type() == PoolingType.MAX;
    if (!train.spatial()) {
      refusals.add(quoted(stage), "pools rows and columns, which its input does not have");
      return input;
    }
    checkWindow(stage, train);
    checkMaximum(stage, isMaximum, input);
    FeatureShape pooled =
        FeatureShape.image(
            train.channels(),
            Math.max(1, stage.rows().outputSize(train.height())),
            Math.max(1, stage.columns().outputSize(train.width())));
    String layer =
        parts.pooled(stage.name(), input.vertex(), stage.type(), stage.rows(), stage.columns());
    int area = stage.rows().kernel() * stage.columns().kernel();
    // A sum of spikes represents their average if a rate represents 1/area as much.
    double share = stage.type() == PoolingType.AVG ? 1.0 / area : 1;
    double repeats = stage.type() == PoolingType.SUM ? area : 1;
    return input.through(
        layer,
        pooled,
        reading -> summed(reading, share, repeats),
        isMaximum ? input.owner() : null);
  }

  private static Signal.Reading summed(Signal.Reading reading, double share, double repeats) {
    Signal.Reading scaled = reading.then(share, 0);
    return new Signal.Reading(scaled.channels(), scaled.factors(), reading.shift() * repeats);
  }

  private void checkWindow(Stage.Pooling stage, FeatureShape train) {
    if (stage.rows().hasZeros(train.height()) || stage.columns().hasZeros(train.width())) {
      refusals.add(
          quoted(stage),
          "its windows reach beyond the "
              + train.height()
              + " × "
              + train.width()
              + " places of its input; pooling of spikes has no padding");
    }
    if (stage.rows().dilation() != 1 || stage.columns().dilation() != 1) {
      refusals.add(quoted(stage), "its windows have a dilation; those of spikes have none");
    }
  }

  private void checkMaximum(Stage stage, boolean isMaximum, Signal input) {
    boolean isOfNeurons = input.isPlain() && !input.vertex().equals(Lowering.ENCODING);
    if (isMaximum && !isOfNeurons) {
      refusals.add(
          quoted(stage),
          "takes the maximum of values that are not the rates of neurons; ReLU must come before it"
              + " or right after it");
    }
  }

  private Signal globally(Stage.GlobalPooling stage, Signal input) {
    FeatureShape train = input.train();
    if (!train.spatial()) {
      refusals.add(quoted(stage), "pools rows and columns, which its input does not have");
      return input;
    }
    checkMaximum(stage, stage.type() == PoolingType.MAX, input);
    String layer = parts.pooledGlobally(stage.name(), input.vertex(), stage.type());
    double repeats = stage.type() == PoolingType.SUM ? train.positions() : 1;
    return input.through(
        layer,
        FeatureShape.vector(train.channels()),
        reading -> summed(reading, 1, repeats),
        stage.type() == PoolingType.MAX ? input.owner() : null);
  }

  private static String quoted(Stage stage) {
    return "'" + stage.name() + "'";
  }
}
