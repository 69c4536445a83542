/* A spiking network in whole numbers, simulated event by event. C99 without heap, recursion and
   floating point. These two files, snn.h and snn.c, are the same for every network. */
#ifndef SNN_H
#define SNN_H

#include <stddef.h>
#include <stdint.h>

/* What a layer does with the spikes that it reads. */
enum snn_kind {
  SNN_DENSE,       /* every input to every neuron */
  SNN_CONVOLUTION, /* a kernel slid over rows and columns */
  SNN_DEPTHWISE,   /* the same with every channel separate */
  SNN_MAXIMUM,     /* the largest spike of a window */
  SNN_SUM,         /* the sum of the spikes of a window */
  SNN_GATED,       /* the growth of the largest count of spikes so far */
  SNN_DELAY,       /* spikes some steps later */
  SNN_ADD,         /* spikes of several layers add up */
  SNN_CONCATENATE, /* channels of several layers follow one another */
  SNN_AND,         /* a spike where both layers have one */
  SNN_AND_NOT,     /* a spike where the first layer has one and the second has none */
  SNN_INTEGRATOR,  /* leaky sums that never fire: a read-out */
  SNN_COUNT        /* weighted counts of spikes: a read-out */
};

/* How the neurons of a layer charge, fire and reset. */
enum snn_neuron { SNN_INTEGRATE, SNN_SYNAPTIC, SNN_ADAPTIVE, SNN_REFRACTORY, SNN_ADLIF };

/* What is read of an integrator. */
enum snn_reading { SNN_LAST, SNN_MEAN, SNN_LARGEST };

/* One number for all channels (step 0) or one per channel (step 1). */
typedef struct {
  const int32_t *values;
  uint8_t step;
} snn_numbers;

typedef struct {
  const void *values;
  uint8_t bytes; /* of a weight: 1 or 2 */
} snn_weights;

/* The parameters of neurons. Shares are 4096ths, those of SNN_ADLIF 65536ths. */
typedef struct {
  uint8_t kind;      /* enum snn_neuron */
  uint8_t subtracts; /* a spike subtracts the threshold; otherwise it sets the reset value */
  uint8_t floored;   /* membranes stay at minus the threshold or above */
  uint8_t rounds;    /* channels without leak are rounded, too */
  uint8_t fraction;  /* bits behind the point of membranes, where they are charged with features */
  uint8_t early;     /* of SNN_ADLIF: the adaptation of this step is felt in this step */
  snn_numbers threshold, leak, reset;
  snn_numbers second; /* decay of a synaptic current, of an adaptation; refractory steps */
  snn_numbers third;  /* what a spike adds to an adaptation */
  snn_numbers fourth; /* what the membrane adds to an adaptation */
} snn_neurons;

/* The spikes of a step: a bit per neuron, or a signed number of spikes in one or two bytes; of
   currents in up to four. Neurons are in the order row, column, channel. */
typedef struct {
  uint32_t offset; /* in the state */
  uint32_t size;   /* neurons */
  uint16_t channels;
  uint8_t counts; /* bytes per neuron; 0: a bit */
} snn_place;

typedef struct {
  uint16_t place;
  uint16_t before; /* channels of the inputs before this one, where they follow one another; of
                      SNN_ADD the bits that the sum has behind the point and this input has not */
} snn_input;

typedef struct {
  uint16_t kernel, stride, padding, dilation, in, out; /* in, out: rows or columns */
} snn_axis;

typedef struct {
  uint8_t kind; /* enum snn_kind */
  uint8_t inputs;
  uint8_t bytes; /* of a membrane: 1, 2 or 4 */
  uint8_t reading;
  uint16_t channels; /* of the output */
  uint16_t place;    /* of the output; 0 for a read-out */
  uint32_t neurons;
  const snn_input *input;
  snn_axis rows, columns;
  snn_weights weights;
  snn_weights recurrent;  /* [from, to], or one per neuron; values: null for none */
  uint8_t one_to_one;     /* recurrent weights are one per neuron, from it to itself */
  snn_numbers bias;       /* values: null for none */
  const snn_neurons *neuron; /* null: a layer that passes on currents */
  snn_numbers steps;      /* of a delay: step 2 for one per neuron */
  const int32_t *initial; /* of the membranes, one per channel; null for zeros */
  uint32_t slots;         /* of a delay: the longest one and one more */
  /* Offsets in the state; 0: none. */
  uint32_t sums;     /* what weights are added to: membranes, or currents */
  uint32_t membrane; /* where sums are currents */
  uint32_t memory;   /* adaptation, refractory steps left, a delay's slots, flow */
  uint32_t last;     /* last spikes of SNN_ADLIF; largest flow; sums of an integrator */
} snn_layer;

typedef struct {
  const snn_layer *layers;
  const snn_place *places;
  uint16_t layer_count;
  uint16_t place_count; /* the input and a place of each layer that passes on spikes */
  uint16_t outputs;
  int16_t least_feature, most_feature; /* 0 and 0: inputs are spikes */
  int16_t most_input;                  /* spikes of an input in a step, of either sign if counted */
  uint32_t most_steps; /* after which a membrane could overflow */
  uint32_t state_bytes;
} snn_model;

/* Before the first step of a window. The state begins with the number of steps so far. */
void snn_reset(const snn_model *model, void *state);

/* Sets the features that charge the first layer in every step, in the order row, column, channel.
   Returns 0, and changes nothing, if one is out of range; otherwise 1. */
int snn_present(const snn_model *model, void *state, const int16_t *features);

/* One step, with a spike of each of some inputs, or with a number of spikes per input. Returns 0,
   without a step, after the last one or if an input is out of range; otherwise 1. */
int snn_step(const snn_model *model, void *state, const uint32_t *events, size_t count);
int snn_step_frame(const snn_model *model, void *state, const int8_t *spikes);

/* The spikes of a layer in the last step. */
uint32_t snn_spikes(const snn_model *model, const void *state, uint16_t place);

/* The scores of the classes so far, and the class with the largest one. */
void snn_scores(const snn_model *model, const void *state, int32_t *scores);
uint16_t snn_answer(const snn_model *model, const void *state);

#endif
