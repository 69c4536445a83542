package org.dl4jsnn.internal.layer;

import java.util.function.Function;
import java.util.function.Supplier;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.dl4jsnn.internal.handover.AttachedSpikeTrains;
import org.dl4jsnn.internal.handover.GradientInbox;
import org.dl4jsnn.internal.handover.RatesUse;
import org.dl4jsnn.internal.simulate.StepPooling;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Pools spikes without neurons: the train is pooled at every step, the activation is the firing
 * rates pooled in the same way, and gradients go back through both (equations 10 and 54 of
 * docs/mathematics.md).
 */
public final class SpikingPoolingLayer extends TrainLayer {

  private static final long serialVersionUID = 1L;

  private final transient Function<FeatureShape, StepPooling> newPooling;
  private final transient RatesUse use = new RatesUse();
  private transient StepPooling pooling;
  private transient AttachedSpikeTrains.Beside below;
  private transient GradientInbox inbox;

  /** Creates a layer that makes its pooling for an input shape, or refuses the shape. */
  public SpikingPoolingLayer(
      NeuralNetConfiguration conf,
      DataType dataType,
      Supplier<String> name,
      Function<FeatureShape, StepPooling> newPooling,
      boolean onlyConsumer) {
    super(conf, dataType, name, onlyConsumer);
    this.newPooling = newPooling;
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    assertInputSet(false);
    AttachedSpikeTrains.Beside taken = incoming.take(index);
    SpikeTrain train = taken.train();
    SpikeTrain pooled =
        explain(
            () -> {
              pooling = newPooling.apply(train.shape());
              return pooling.pool(train);
            });
    INDArray rates;
    if (use.areUnread(workspaces)) {
      rates = Rates.unread(pooled, dataType, workspaces);
    } else {
      rates =
          workspaces.createUninitialized(
              ArrayType.ACTIVATIONS, dataType, pooled.shape().arrayShape(train.minibatch()), 'c');
      pooling.pool(input, rates);
    }
    inbox = GradientInbox.like(taken.inbox());
    below = inbox.isOpen() ? taken : null;
    AttachedSpikeTrains.attach(
        rates, new AttachedSpikeTrains.Beside(pooled, inbox, taken.isPiece(), use), name.get());
    return rates;
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    assertInputSet(true);
    return pooled(
        inbox.take(),
        epsilon,
        below,
        rates -> pooling.backprop(input, rates, workspaces),
        inTime -> pooling.backprop(below.train(), inTime));
  }

  @Override
  void forgetPass() {
    below = null;
    inbox = null;
  }
}
