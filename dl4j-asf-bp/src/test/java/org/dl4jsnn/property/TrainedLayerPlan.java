package org.dl4jsnn.property;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.dl4jsnn.spike.FeatureShape;

/**
 * A layer that learns.
 *
 * @param layer the layer
 * @param rule how it learns
 */
record TrainedLayerPlan(LayerPlan layer, RulePlan rule) {

  static Arbitrary<TrainedLayerPlan> any() {
    return Combinators.combine(LayerPlan.any(), RulePlan.any()).as(TrainedLayerPlan::new);
  }

  LayerPlan.Kind kind() {
    return layer.kind();
  }

  TrainedLayerPlan with(LayerPlan other) {
    return new TrainedLayerPlan(other, rule);
  }

  TrainedLayerPlan with(RulePlan other) {
    return new TrainedLayerPlan(layer, other);
  }

  /** The same with a rule whose gradients do not grow from step to step. */
  TrainedLayerPlan tame() {
    return with(rule.tame(layer.neuron()));
  }

  Layer layer(FeatureShape input, Arithmetic arithmetic) {
    RulePlan served = layer.neuron().isOwn() ? rule.asf() : rule;
    return layer.layer(input, arithmetic, served.rule());
  }

  @Override
  public String toString() {
    return JavaCode.of(this);
  }
}
