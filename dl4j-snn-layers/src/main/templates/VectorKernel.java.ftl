<#--
A vectorised kernel. write-kernels.groovy makes two classes of it for every width: ${name} begins the class's
name, ${vectors} is the number of vectors in a block, and ${eightBit} says whether the class holds its weights
as whole numbers of at most seven bits and a sign.

Those lie in pairs, one from an even vector in the lower half of an int and one from the next vector in the
upper half, so that one addition serves two channels; the halves are taken apart after the last event. A
lower half that is negative borrows one from the upper half, which is undone there.

Java 17 boxes vectors that stand in an array or go through a method which is not inlined. So every
vector of the block has local variables of its own, u0, u1, … and f0, f1, …, and every loop is one
method.
-->
<#-- Two words hold four vectors of at most 16 lanes. -->
<#if vectors lt 1 || vectors gt 4>
  <#stop "vectors must be from 1 to 4, got ${vectors}">
</#if>
<#assign each = 0..<vectors>
<#-- With eight bits a method is for one step, since not every step may have a method that is as fast. -->
<#assign step = eightBit?then(", int step", "")>
<#assign class = eightBit?then("${name}EightBitKernel", "${name}VectorKernel")>
<#-- Vectors of pairs. -->
<#assign pairs = ((vectors + 1) / 2)?int>
<#assign eachPair = 0..<pairs>
<#-- Where vector k of a block begins. -->
<#function from start k>
  <#if k == 0><#return start></#if>
  <#local lanes = (k == 1)?then("LANES", "${k} * LANES")>
  <#return (start == "0")?then(lanes, "${start} + ${lanes}")>
</#function>
<#-- The bits of the vectors that fired, lane by lane, of `count` vectors from `first` on. -->
<#function spikes first count>
  <#local bits = "f${first}.and(BITS_${first})">
  <#list (first + 1)..*(count - 1) as k>
    <#local bits += ".or(f${k}.and(BITS_${k}))">
  </#list>
  <#return bits>
</#function>
// Generated from src/main/templates/VectorKernel.java.ftl; change that file, not this one.
package org.dl4jsnn.internal.kernel.vector;

import static org.dl4jsnn.internal.kernel.vector.VectorKernels.FLOATS;
import static org.dl4jsnn.internal.kernel.vector.VectorKernels.INTS;
import static org.dl4jsnn.internal.kernel.vector.VectorKernels.LANES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import org.dl4jsnn.internal.kernel.KernelProvider;
import org.dl4jsnn.internal.kernel.ColumnKernel;
import org.dl4jsnn.internal.kernel.ColumnTask;
<#if eightBit>
import org.dl4jsnn.internal.kernel.EightBitWeights;
</#if>

/**
 * A block of ${name?lower_case} vector${(vectors == 1)?then("", "s")} of output channels<#if eightBit>, with weights of eight bits</#if>.
 */
final class ${class} implements ColumnKernel {

  private static final int WIDTH = ${from("0", vectors)};
  private static final int SIGN = Integer.SIZE - 1;
<#if eightBit>
  private static final int HALF = Integer.SIZE / 2;
</#if>
<#list each as k>
  private static final IntVector BITS_${k} = VectorKernels.lanesAsBits(${k});
</#list>

<#if eightBit>
  private static final int ROW = ${from("0", pairs)};

  /** What sums in half an int cannot overflow with. */
  private static final int MOST_EVENTS = EightBitWeights.MOST_SUMMANDS;

  /** Two to an int. */
  private final int[] weights;

  /** What a weight of 1 stands for, a power of two; of every channel. */
  private final float[] scale;

<#else>
  private final float[] weights;
</#if>
  private final float[] bias;
  private final BranchFreeNeuron rule;

<#if eightBit>
  ${class}(EightBitWeights weights, float[] bias, BranchFreeNeuron rule) {
    this.weights = weights.pairs();
    this.scale = weights.scale();
<#else>
  ${class}(float[] weights, float[] bias, BranchFreeNeuron rule) {
    this.weights = weights;
</#if>
    this.bias = bias;
    this.rule = rule;
  }

  @Override
  public void run(ColumnTask task) {
<#if eightBit>
    for (int step = 0; step < task.steps; step++) {
      boolean many = mostEvents(task, step) > MOST_EVENTS;
      if (task.taken != null) {
        if (many) {
          manyTaking(task, step);
        } else if (rule.published() && !task.everyPosition) {
          publishedTaking(task, step);
        } else {
          generalTaking(task, step);
        }
      } else if (many) {
        many(task, step);
      } else if (rule.published() && !task.everyPosition) {
        published(task, step);
      } else {
        general(task, step);
      }
    }
  }

  /** The most events that a position gathers at a step. */
  private static int mostEvents(ColumnTask task, int step) {
    int firstBound = task.firstBound + step * task.boundsPerStep;
    int most = 0;
    for (int position = 0; position < task.positions; position++) {
      int first = task.bounds[firstBound + task.firstRow[position]];
      most = Math.max(most, task.bounds[firstBound + task.endRow[position]] - first);
    }
    return most;
  }
<#else>
    if (task.taken != null) {
      if (task.amplitudes != null) {
        gradedTaking(task);
      } else if (rule.published() && !task.everyPosition) {
        publishedTaking(task);
      } else {
        generalTaking(task);
      }
    } else if (task.amplitudes != null) {
      graded(task);
    } else if (rule.published() && !task.everyPosition) {
      published(task);
    } else {
      general(task);
    }
  }
</#if>

  /** Ordinary spikes into neurons without leak and bias that are reset to zero. */
  private void published(ColumnTask task${step}) {
<@simulation general=false/>
  }

  /** The same, and adds up what resets take. */
  private void publishedTaking(ColumnTask task${step}) {
<@simulation general=false taking=true/>
  }

  /** Ordinary spikes into any neurons. */
  private void general(ColumnTask task${step}) {
<@simulation general=true/>
  }

  /** The same, and adds up what resets take. */
  private void generalTaking(ColumnTask task${step}) {
<@simulation general=true taking=true/>
  }
<#if eightBit>

  @Override
  public void chargeAll(ColumnTask task) {
    int at = task.membraneStart;
    for (int position = 0; position < task.positions; position++) {
      int end = task.bounds[task.firstBound + task.endRow[position]];
      int shift = task.rowShift[position] + task.lineShift;
      int first = task.bounds[task.firstBound + task.firstRow[position]];
      for (int event = first; event < end; event += MOST_EVENTS) {
        int to = Math.min(end, event + MOST_EVENTS);
        charge(task.membrane, at, task.rows, event, to, shift);
      }
      at += task.membraneStride;
    }
  }

  @Override
  public void charge(ColumnTask task, int from, int end) {
    int shift = task.rowShift[0] + task.lineShift;
    for (int event = from; event < end; event += MOST_EVENTS) {
      int to = Math.min(end, event + MOST_EVENTS);
      charge(task.membrane, task.membraneStart, task.rows, event, to, shift);
    }
  }
<#else>

  @Override
  public void chargeAll(ColumnTask task) {
    if (task.amplitudes == null) {
      chargeAllUnits(task);
    } else {
      chargeAllGraded(task);
    }
  }

  private void chargeAllUnits(ColumnTask task) {
<@chargeAll graded=false/>
  }

  private void chargeAllGraded(ColumnTask task) {
<@chargeAll graded=true/>
  }

  @Override
  public void charge(ColumnTask task, int from, int end) {
    if (task.amplitudes == null) {
      chargeUnits(task, from, end);
    } else {
      chargeGraded(task, from, end);
    }
  }

  private void chargeUnits(ColumnTask task, int from, int end) {
<@chargeFloats graded=false/>
  }

  private void chargeGraded(ColumnTask task, int from, int end) {
<@chargeFloats graded=true/>
  }
</#if>
<#if !eightBit>

  /** Spikes of any amplitude into any neurons. */
  private void graded(ColumnTask task) {
<@simulation general=true graded=true/>
  }

  /** The same, and adds up what resets take. */
  private void gradedTaking(ColumnTask task) {
<@simulation general=true graded=true taking=true/>
  }
</#if>
<#if eightBit>

  /** A step of any neurons, of which some have many events. */
  private void many(ColumnTask task, int step) {
<@simulation general=true many=true/>
  }

  /** The same, and adds up what resets take. */
  private void manyTaking(ColumnTask task, int step) {
<@simulation general=true taking=true many=true/>
  }

  /** Adds events to the membranes of a position in memory: of a position that has too many. */
  private void charge(float[] membrane, int at, int[] rows, int from, int end, int shift) {
<@charge/>
  <#list each as k>
    u${k}.intoArray(membrane, ${from("at", k)});
  </#list>
  }
</#if>
}
<#-- Adds the events from `from` to `end` to the membranes of the first position. -->
<#macro chargeFloats graded>
    final float[] membrane = task.membrane;
    final int[] rows = task.rows;
  <#if graded>
    final float[] amplitudes = task.amplitudes;
  </#if>
    final float[] w = weights;
    final int at = task.membraneStart;
    final int shift = task.rowShift[0] + task.lineShift;
<@addFloats graded "from"/>
</#macro>
<#-- Adds the events of one step to the membranes of all positions. -->
<#macro chargeAll graded>
    final float[] membrane = task.membrane;
    final int[] rows = task.rows;
  <#if graded>
    final float[] amplitudes = task.amplitudes;
  </#if>
    final int[] bounds = task.bounds;
    final float[] w = weights;
    final int firstBound = task.firstBound;
    final int[] firstRow = task.firstRow;
    final int[] endRow = task.endRow;
    final int[] rowShift = task.rowShift;
    final int lineShift = task.lineShift;
    final int positions = task.positions;
    int at = task.membraneStart;
    for (int position = 0; position < positions; position++) {
      int first = bounds[firstBound + firstRow[position]];
      int end = bounds[firstBound + endRow[position]];
      if (first < end) {
        int shift = rowShift[position] + lineShift;
<@addFloats graded "first"/>
      }
      at += task.membraneStride;
    }
</#macro>
<#-- Adds the events from `first` to `end` to the membranes at `at`. -->
<#macro addFloats graded first>
  <#list each as k>
    FloatVector u${k} = FloatVector.fromArray(FLOATS, membrane, ${from("at", k)});
  </#list>
    for (int event = ${first}; event < end; event++) {
      int row = (rows[event] - shift) * WIDTH + KernelProvider.FIRST_WEIGHT;
  <#if graded>
      FloatVector amplitude = FloatVector.broadcast(FLOATS, amplitudes[event]);
    <#list each as k>
      u${k} = u${k}.add(amplitude.mul(FloatVector.fromArray(FLOATS, w, ${from("row", k)})));
    </#list>
  <#else>
    <#list each as k>
      u${k} = u${k}.add(FloatVector.fromArray(FLOATS, w, ${from("row", k)}));
    </#list>
  </#if>
    }
  <#list each as k>
    u${k}.intoArray(membrane, ${from("at", k)});
  </#list>
</#macro>
<#-- Loads the membranes and adds the events from `from` to `end`. -->
<#macro charge>
    final int[] w = weights;
  <#list eachPair as p>
    IntVector s${p} = IntVector.zero(INTS);
  </#list>
    for (int event = from; event < end; event++) {
      int row = (rows[event] - shift) * ROW + KernelProvider.FIRST_WEIGHT;
  <#list eachPair as p>
      s${p} = s${p}.add(IntVector.fromArray(INTS, w, ${from("row", p)}));
  </#list>
    }
<@unpair/>
</#macro>
<#-- Takes the sums apart, and adds them to the membranes. -->
<#macro unpair>
  <#list eachPair as p>
    IntVector low${p} = s${p}.lanewise(VectorOperators.LSHL, HALF).lanewise(VectorOperators.ASHR, HALF);
    FloatVector u${2 * p} =
        FloatVector.fromArray(FLOATS, membrane, ${from("at", 2 * p)})
            .add(
                ((FloatVector) low${p}.convert(VectorOperators.I2F, 0))
                    .mul(FloatVector.fromArray(FLOATS, scale, ${from("0", 2 * p)})));
    <#if 2 * p + 1 < vectors>
    IntVector high${p} = s${p}.sub(low${p}).lanewise(VectorOperators.ASHR, HALF);
    FloatVector u${2 * p + 1} =
        FloatVector.fromArray(FLOATS, membrane, ${from("at", 2 * p + 1)})
            .add(
                ((FloatVector) high${p}.convert(VectorOperators.I2F, 0))
                    .mul(FloatVector.fromArray(FLOATS, scale, ${from("0", 2 * p + 1)})));
    </#if>
  </#list>
</#macro>
<#macro simulation general graded=false taking=false many=false>
    final float[] membrane = task.membrane;
  <#if taking>
    final float[] taken = task.taken;
  </#if>
    final int[] rows = task.rows;
  <#if graded>
    final float[] amplitudes = task.amplitudes;
  </#if>
    final int[] bounds = task.bounds;
    final int[] words = task.words;
  <#if eightBit>
    final int[] w = weights;
  <#else>
    final float[] w = weights;
  </#if>
  <#if !eightBit>
    final int steps = task.steps;
  </#if>
    final int boundsPerStep = task.boundsPerStep;
    final int positions = task.positions;
    final int[] firstRow = task.firstRow;
    final int[] endRow = task.endRow;
    final int[] rowShift = task.rowShift;
    final int[] rowWord = task.rowWord;
    final int lineShift = task.lineShift;
  <#if vectors gt 2>
    final int secondWord = task.wordOffsets[WIDTH > Integer.SIZE ? 1 : 0];
  </#if>
  <#if general>
    final boolean skipEmpty = rule.skipEmpty() && !task.everyPosition;
  </#if>
    final FloatVector threshold = FloatVector.broadcast(FLOATS, rule.threshold());
  <#if general>
    <#if !taking>
    final FloatVector leak = FloatVector.broadcast(FLOATS, rule.leak());
    </#if>
    final IntVector subtracted = IntVector.broadcast(INTS, rule.subtracted());
    final IntVector erased = IntVector.broadcast(INTS, rule.erased());
    final IntVector set = IntVector.broadcast(INTS, rule.set());
  </#if>
  <#if !eightBit>
    for (int step = 0; step < steps; step++) {
  </#if>
      int firstBound = task.firstBound + step * boundsPerStep;
  <#if !general>
      if (bounds[firstBound + firstRow[0]] == bounds[firstBound + endRow[positions - 1]]) {
        ${eightBit?then("return", "continue")}; // nothing reaches the column at this step
      }
  </#if>
      int at = task.membraneStart;
      int firstWord = task.firstWord + step * task.wordsPerStep;
      // Positions inside, steps outside: the next iteration does not wait for this one's store.
      for (int position = 0; position < positions; position++) {
        int event = bounds[firstBound + firstRow[position]];
        int end = bounds[firstBound + endRow[position]];
        if (event < end${general?then(" || !skipEmpty", "")}) {
          int shift = rowShift[position] + lineShift;
          int word = firstWord + rowWord[position];
  <#-- (1) and (2) of docs/mathematics.md: charge, one event after the other, then the bias. -->
  <#if eightBit>
    <#if many>
          for (; end - event > MOST_EVENTS; event += MOST_EVENTS) {
            charge(membrane, at, rows, event, event + MOST_EVENTS, shift);
          }
    </#if>
    <#list eachPair as p>
          IntVector s${p} = IntVector.zero(INTS);
    </#list>
          for (; event < end; event++) {
            int row = (rows[event] - shift) * ROW + KernelProvider.FIRST_WEIGHT;
    <#list eachPair as p>
            s${p} = s${p}.add(IntVector.fromArray(INTS, w, ${from("row", p)}));
    </#list>
          }
<@unpair/>
  <#else>
  <#list each as k>
          FloatVector u${k} = FloatVector.fromArray(FLOATS, membrane, ${from("at", k)});
  </#list>
          for (; event < end; event++) {
            int row = (rows[event] - shift) * WIDTH + KernelProvider.FIRST_WEIGHT;
  <#if graded>
            FloatVector amplitude = FloatVector.broadcast(FLOATS, amplitudes[event]);
    <#list each as k>
            u${k} = u${k}.add(amplitude.mul(FloatVector.fromArray(FLOATS, w, ${from("row", k)})));
    </#list>
  <#else>
    <#list each as k>
            u${k} = u${k}.add(FloatVector.fromArray(FLOATS, w, ${from("row", k)}));
    </#list>
  </#if>
          }
  </#if>
  <#if general>
    <#list each as k>
          u${k} = u${k}.add(FloatVector.fromArray(FLOATS, bias, ${from("0", k)}));
    </#list>
  </#if>
  <#-- (3): fire; where the potential is above the threshold, all bits of the lane are set. -->
  <#list each as k>
          IntVector f${k} = threshold.sub(u${k}).reinterpretAsInts().lanewise(VectorOperators.ASHR, SIGN);
  </#list>
  <#if vectors gt 2>
          IntVector low = ${spikes(0, 2)};
          IntVector high = ${spikes(2, vectors - 2)};
          if (WIDTH > Integer.SIZE) {
            words[word] = low.reduceLanes(VectorOperators.OR);
            words[word + secondWord] = high.reduceLanes(VectorOperators.OR);
          } else {
            words[word] |= low.or(high).reduceLanes(VectorOperators.OR) << task.shift;
          }
  <#else>
          int bits = ${spikes(0, vectors)}.reduceLanes(VectorOperators.OR);
          words[word] |= bits << task.shift;
  </#if>
  <#-- (4) and (5): reset and leak. -->
  <#if taking>
    <#list each as k>
      <#if general>
          FloatVector r${k} =
              u${k}.sub(f${k}.and(subtracted).reinterpretAsFloats())
                  .reinterpretAsInts()
                  .lanewise(VectorOperators.AND_NOT, f${k}.and(erased))
                  .or(f${k}.and(set))
                  .reinterpretAsFloats();
          FloatVector t${k} = u${k}.sub(r${k});
          r${k}.intoArray(membrane, ${from("at", k)});
      <#else>
          IntVector i${k} = u${k}.reinterpretAsInts();
          FloatVector t${k} = i${k}.and(f${k}).reinterpretAsFloats();
          i${k}.lanewise(VectorOperators.AND_NOT, f${k})
              .reinterpretAsFloats()
              .intoArray(membrane, ${from("at", k)});
      </#if>
          FloatVector.fromArray(FLOATS, taken, ${from("at", k)})
              .add(t${k})
              .intoArray(taken, ${from("at", k)});
    </#list>
  <#else>
    <#list each as k>
      <#if general>
          u${k}.sub(f${k}.and(subtracted).reinterpretAsFloats())
              .reinterpretAsInts()
              .lanewise(VectorOperators.AND_NOT, f${k}.and(erased))
              .or(f${k}.and(set))
              .reinterpretAsFloats()
              .mul(leak)
      <#else>
          u${k}.reinterpretAsInts()
              .lanewise(VectorOperators.AND_NOT, f${k})
              .reinterpretAsFloats()
      </#if>
              .intoArray(membrane, ${from("at", k)});
    </#list>
  </#if>
        }
        at += task.membraneStride;
      }
  <#if !eightBit>
    }
  </#if>
</#macro>
