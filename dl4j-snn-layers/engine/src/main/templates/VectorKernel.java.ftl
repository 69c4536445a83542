<#--
A vectorised kernel. write-kernels.groovy makes a class of it for every width: ${name} begins the class's
name, ${vectors} is the number of vectors in a block, and ${whole?c} whether weights are whole numbers of
a byte, in WholeWeights.

Whole numbers are added in shorts, one vector for two of floats: the first one's channels in the lower
halves of its ints, the second one's in the upper ones. A vector of bytes holds four vectors of channels,
two in the lower bytes of shorts, without a sign, and two in the upper ones: s0 adds both, s1 the upper
ones, and the difference is that of the lower ones, since 16 bits hold each of them.

Java 17 boxes vectors that stand in an array or go through a method which is not inlined. So every
vector of the block has local variables of its own, u0, u1, … and f0, f1, …, and every loop is one
method.
-->
<#-- Two words hold four vectors of at most 16 lanes. -->
<#if vectors lt 1 || vectors gt 4>
  <#stop "vectors must be from 1 to 4, got ${vectors}">
</#if>
<#if whole && vectors == 1>
  <#stop "whole numbers need pairs of vectors, got ${vectors} vector">
</#if>
<#assign each = 0..<vectors>
<#assign pairs = whole?then(0..<(vectors / 2), [])>
<#assign class = whole?then("${name}WholeKernel", "${name}VectorKernel")>
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

<#if whole>
import static org.dl4jsnn.internal.kernel.vector.VectorKernels.${(vectors == 2)?then("HALF", "BYTES")};
</#if>
import static org.dl4jsnn.internal.kernel.vector.VectorKernels.FLOATS;
import static org.dl4jsnn.internal.kernel.vector.VectorKernels.INTS;
import static org.dl4jsnn.internal.kernel.vector.VectorKernels.LANES;
<#if whole>
import static org.dl4jsnn.internal.kernel.vector.VectorKernels.SHORTS;

import jdk.incubator.vector.ByteVector;
<#else>

</#if>
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
<#if whole>
import jdk.incubator.vector.ShortVector;
</#if>
import jdk.incubator.vector.VectorOperators;
import org.dl4jsnn.internal.kernel.ColumnKernel;
import org.dl4jsnn.internal.kernel.ColumnTask;
<#if whole>
import org.dl4jsnn.internal.kernel.WholeWeights;
<#else>
import org.dl4jsnn.internal.kernel.KernelProvider;
</#if>

/**
 * A block of ${name?lower_case} vector${(vectors == 1)?then("", "s")} of output channels<#if whole>, whose weights are whole numbers</#if>.
 */
final class ${class} implements ColumnKernel {

  private static final int WIDTH = ${from("0", vectors)};
  private static final int SIGN = Integer.SIZE - 1;
<#list each as k>
  private static final IntVector BITS_${k} = VectorKernels.lanesAsBits(${k});
</#list>

<#if whole>
<@wholeMethods/>
<#else>
  private final float[] weights;
  private final float[] bias;
  private final BranchFreeNeuron rule;

  ${class}(float[] weights, float[] bias, BranchFreeNeuron rule) {
    this.weights = weights;
    this.bias = bias;
    this.rule = rule;
  }

  @Override
  public void run(ColumnTask task) {
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

  /** Ordinary spikes into neurons without leak and bias that are reset to zero. */
  private void published(ColumnTask task) {
<@simulation general=false/>
  }

  /** The same, and adds up what resets take. */
  private void publishedTaking(ColumnTask task) {
<@simulation general=false taking=true/>
  }

  /** Ordinary spikes into any neurons. */
  private void general(ColumnTask task) {
<@simulation general=true/>
  }

  /** The same, and adds up what resets take. */
  private void generalTaking(ColumnTask task) {
<@simulation general=true taking=true/>
  }

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
  public void hold(ColumnTask task) {
<@hold/>
  }

  @Override
  public boolean holds(int row, float[] weights, int from) {
    final float[] w = this.weights;
    int at = row * WIDTH + KernelProvider.FIRST_WEIGHT;
  <#list each as k>
    IntVector d${k} =
        FloatVector.fromArray(FLOATS, w, ${from("at", k)})
            .reinterpretAsInts()
            .lanewise(
                VectorOperators.XOR,
                FloatVector.fromArray(FLOATS, weights, ${from("from", k)}).reinterpretAsInts());
  </#list>
    return <#list each as k><#if k gt 0>.or(</#if>d${k}<#if k gt 0>)</#if></#list>.eq(0).allTrue();
  }

  /** Spikes of any amplitude into any neurons. */
  private void graded(ColumnTask task) {
<@simulation general=true graded=true/>
  }

  /** The same, and adds up what resets take. */
  private void gradedTaking(ColumnTask task) {
<@simulation general=true graded=true taking=true/>
  }
</#if>
}
<#macro wholeMethods>
  private final float[] scales;
  private final float[] bias;
  private final BranchFreeNeuron rule;
  private final WholeWeights whole;
  private final ColumnKernel floats;

  ${class}(WholeWeights whole, float[] bias, BranchFreeNeuron rule, ColumnKernel floats) {
    this.scales = whole.scales();
    this.bias = bias;
    this.rule = rule;
    this.whole = whole;
    this.floats = floats;
  }

  @Override
  public void run(ColumnTask task) {
    if (task.exact) {
      general(task);
    } else {
      floats.run(task);
    }
  }

  /** Any neurons. */
  private void general(ColumnTask task) {
<@simulation general=true/>
  }

  @Override
  public void chargeAll(ColumnTask task) {
    if (task.exact) {
      chargeAllExact(task);
    } else {
      floats.chargeAll(task);
    }
  }

  private void chargeAllExact(ColumnTask task) {
<@chargeAll graded=false/>
  }

  @Override
  public void hold(ColumnTask task) {
    floats.hold(task);
  }

  @Override
  public boolean holds(int row, float[] weights, int from) {
    return floats.holds(row, weights, from);
  }
</#macro>
<#-- Adds the events of one step to the membranes of all positions. -->
<#macro chargeAll graded>
    final float[] membrane = task.membrane;
    final int[] rows = task.rows;
  <#if graded>
    final float[] amplitudes = task.amplitudes;
  </#if>
    final int[] bounds = task.bounds;
<@weightsOfBlock/>
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
<@loadMembranes/>
<@addEvents graded/>
<@storeMembranes/>
      }
      at += task.membraneStride;
    }
</#macro>
<#macro loadMembranes>
  <#list each as k>
        FloatVector u${k} = FloatVector.fromArray(FLOATS, membrane, ${from("at", k)});
  </#list>
</#macro>
<#macro storeMembranes>
  <#list each as k>
        u${k}.intoArray(membrane, ${from("at", k)});
  </#list>
</#macro>
<#-- Charges with the currents in the membranes, and the bias, at every step: (1) to (5). -->
<#macro hold>
    final float[] membrane = task.membrane;
    final float[] starts = task.starts;
    final int firstStart = task.firstStart;
    final int[] words = task.words;
    final int[] rowWord = task.rowWord;
    final int positions = task.positions;
    final int held = task.held;
<@neurons/>
    int at = task.membraneStart;
    for (int position = 0; position < positions; position++) {
  <#list each as k>
      FloatVector c${k} =
          FloatVector.fromArray(FLOATS, membrane, ${from("at", k)})
              .add(FloatVector.fromArray(FLOATS, bias, ${from("0", k)}));
      FloatVector u${k} = FloatVector.fromArray(FLOATS, starts, ${from("firstStart", k)});
  </#list>
      int word = task.firstWord + rowWord[position];
      for (int step = 0; step < held; step++) {
  <#list each as k>
        u${k} = u${k}.add(c${k});
  </#list>
<@fire/>
  <#list each as k>
        u${k} =
<@reset k/>
              .mul(leak);
  </#list>
        word += task.wordsPerStep;
      }
<@storeMembranes/>
      at += task.membraneStride;
    }
</#macro>
<#-- The block's weights, and what turns whole numbers into floats. -->
<#macro weightsOfBlock>
  <#if whole>
    final byte[] w = whole.inPairs(LANES);
    final int most = whole.eventsOfSum();
    <#list each as k>
    final FloatVector scale${k} = FloatVector.fromArray(FLOATS, scales, ${from("0", k)});
    </#list>
  <#else>
    final float[] w = weights;
  </#if>
</#macro>
<#-- Adds the sums of 16 bits as floats. -->
<#macro addSums>
    <#list pairs as p>
      <#local low = 2 * p high = 2 * p + 1>
      <#if vectors == 2 || p == 1>
        <#local sum = "s${p}">
      <#else>
        <#local sum = "s0.sub(s1.lanewise(VectorOperators.LSHL, Byte.SIZE)).sub((short) added)">
      </#if>
      u${low} =
          u${low}.add(
              ((FloatVector)
                      ${sum}.reinterpretAsInts()
                          .lanewise(VectorOperators.LSHL, 16)
                          .lanewise(VectorOperators.ASHR, 16)
                          .castShape(FLOATS, 0))
                  .mul(scale${low}));
      u${high} =
          u${high}.add(
              ((FloatVector)
                      ${sum}.reinterpretAsInts().lanewise(VectorOperators.ASHR, 16).castShape(FLOATS, 0))
                  .mul(scale${high}));
    </#list>
</#macro>
<#-- Adds the events from `first` to `end` to u0, u1, … -->
<#macro addEvents graded>
  <#if whole>
      for (int next = first; next < end; ) {
        int last = Math.min(end - next, most) + next;
        int added = WholeWeights.ADDED * (last - next);
    <#list pairs as p>
        ShortVector s${p} = ShortVector.zero(SHORTS);
    </#list>
        for (; next < last; next++) {
          int row = (rows[next] - shift) * WIDTH + WholeWeights.FIRST_WEIGHT;
    <#if vectors == 2>
          s0 = s0.add((ShortVector) ByteVector.fromArray(HALF, w, row).castShape(SHORTS, 0));
    <#else>
          ShortVector both = ByteVector.fromArray(BYTES, w, row).reinterpretAsShorts();
          s0 = s0.add(both);
          s1 = s1.add(both.lanewise(VectorOperators.ASHR, Byte.SIZE));
    </#if>
        }
<@addSums/>
      }
  <#else>
    for (int event = first; event < end; event++) {
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
</#macro>
<#-- (3): fire; where the potential is above the threshold, all bits of the lane are set. -->
<#macro fire>
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
</#macro>
<#-- (4) and (5) of vector k: reset and leak. -->
<#macro reset k>
          u${k}.sub(f${k}.and(subtracted).reinterpretAsFloats())
              .reinterpretAsInts()
              .lanewise(VectorOperators.AND_NOT, f${k}.and(erased))
              .or(f${k}.and(set))
              .reinterpretAsFloats()
</#macro>
<#macro neurons general=true>
  <#if vectors gt 2>
    final int secondWord = task.wordOffsets[WIDTH > Integer.SIZE ? 1 : 0];
  </#if>
    final FloatVector threshold = FloatVector.broadcast(FLOATS, rule.threshold());
  <#if general>
    final FloatVector leak = FloatVector.broadcast(FLOATS, rule.leak());
    final IntVector subtracted = IntVector.broadcast(INTS, rule.subtracted());
    final IntVector erased = IntVector.broadcast(INTS, rule.erased());
    final IntVector set = IntVector.broadcast(INTS, rule.set());
  </#if>
</#macro>
<#macro simulation general graded=false taking=false>
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
<@weightsOfBlock/>
    final int steps = task.steps;
    final int boundsPerStep = task.boundsPerStep;
    final int positions = task.positions;
    final int[] firstRow = task.firstRow;
    final int[] endRow = task.endRow;
    final int[] rowShift = task.rowShift;
    final int[] rowWord = task.rowWord;
    final int lineShift = task.lineShift;
  <#if general>
    final boolean skipEmpty = rule.skipEmpty() && !task.everyPosition;
  </#if>
<@neurons general/>
    for (int step = 0; step < steps; step++) {
      int firstBound = task.firstBound + step * boundsPerStep;
  <#if !general>
      if (bounds[firstBound + firstRow[0]] == bounds[firstBound + endRow[positions - 1]]) {
        continue; // nothing reaches the column at this step
      }
  </#if>
      int at = task.membraneStart;
      int firstWord = task.firstWord + step * task.wordsPerStep;
      // Positions inside, steps outside: the next iteration does not wait for this one's store.
      for (int position = 0; position < positions; position++) {
        int first = bounds[firstBound + firstRow[position]];
        int end = bounds[firstBound + endRow[position]];
        if (first < end${general?then(" || !skipEmpty", "")}) {
          int shift = rowShift[position] + lineShift;
          int word = firstWord + rowWord[position];
  <#-- (1) and (2) of docs/mathematics.md: charge, one event after the other, then the bias. -->
  <#list each as k>
          FloatVector u${k} = FloatVector.fromArray(FLOATS, membrane, ${from("at", k)});
  </#list>
<@addEvents graded/>
  <#if general>
    <#list each as k>
          u${k} = u${k}.add(FloatVector.fromArray(FLOATS, bias, ${from("0", k)}));
    </#list>
  </#if>
<@fire/>
  <#-- (4) and (5): reset and leak. -->
  <#if taking>
    <#list each as k>
      <#if general>
          FloatVector r${k} =
<@reset k/>
          ;
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
<@reset k/>
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
    }
</#macro>
