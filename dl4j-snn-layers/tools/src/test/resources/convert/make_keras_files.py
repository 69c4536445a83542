"""Writes small networks in Keras 2's HDF5 format; see README.md."""
import h5py, json, numpy as np
rng = np.random.default_rng(3)
def conv(name, n, k, act, pad='valid', strides=1, shape=None, **more):
    c = dict(name=name, trainable=True, dtype='float32', filters=n, kernel_size=[k,k], strides=[strides,strides], padding=pad, data_format='channels_last', dilation_rate=[1,1], activation=act, use_bias=True,
      kernel_initializer={'class_name':'GlorotUniform','config':{'seed':None}}, bias_initializer={'class_name':'Zeros','config':{}}, kernel_regularizer=None,bias_regularizer=None,activity_regularizer=None,kernel_constraint=None,bias_constraint=None)
    if shape: c['batch_input_shape']=[None]+shape
    return dict(class_name='Conv2D', config=c)
def dense(name, n, act):
    return dict(class_name='Dense', config=dict(name=name, trainable=True, dtype='float32', units=n, activation=act, use_bias=True, kernel_initializer={'class_name':'GlorotUniform','config':{'seed':None}}, bias_initializer={'class_name':'Zeros','config':{}}, kernel_regularizer=None,bias_regularizer=None,activity_regularizer=None,kernel_constraint=None,bias_constraint=None))
def bn(name):
    return dict(class_name='BatchNormalization', config=dict(name=name, trainable=True, dtype='float32', axis=[3], momentum=0.99, epsilon=0.001, center=True, scale=True, beta_initializer={'class_name':'Zeros','config':{}}, gamma_initializer={'class_name':'Ones','config':{}}, moving_mean_initializer={'class_name':'Zeros','config':{}}, moving_variance_initializer={'class_name':'Ones','config':{}}, beta_regularizer=None,gamma_regularizer=None,beta_constraint=None,gamma_constraint=None))
def simple(cls, name, **c):
    return dict(class_name=cls, config=dict(name=name, trainable=True, dtype='float32', **c))
def w_conv(cin, n, k): return [('kernel:0', rng.normal(0,(2/(k*k*cin))**.5,(k,k,cin,n))),('bias:0', rng.normal(0,.2,n))]
def w_dense(i, n): return [('kernel:0', rng.normal(0,(2/i)**.5,(i,n))),('bias:0', rng.normal(0,.2,n))]
def w_bn(n): return [('gamma:0', rng.uniform(.8,1.2,n)),('beta:0', rng.normal(0,.2,n)),('moving_mean:0', rng.normal(0,.2,n)),('moving_variance:0', rng.uniform(.8,1.2,n))]
def write(file, model, weights, compiled):
    with h5py.File(file,'w') as f:
        f.attrs['keras_version']=np.bytes_('2.4.0'); f.attrs['backend']=np.bytes_('tensorflow')
        f.attrs['model_config']=np.bytes_(json.dumps(model))
        if compiled: f.attrs['training_config']=np.bytes_(json.dumps(dict(loss='categorical_crossentropy', metrics=['accuracy'], optimizer_config={'class_name':'Adam','config':{'name':'Adam','learning_rate':0.001,'decay':0.0,'beta_1':0.9,'beta_2':0.999,'epsilon':1e-07,'amsgrad':False}})))
        g=f.create_group('model_weights'); g.attrs['keras_version']=np.bytes_('2.4.0'); g.attrs['backend']=np.bytes_('tensorflow')
        names=[l['config']['name'] for l in model['config']['layers']]
        g.attrs['layer_names']=[np.bytes_(n) for n in names]
        for n in names:
            l=g.create_group(n); ws=weights.get(n,[])
            l.attrs['weight_names']=[np.bytes_(n+'/'+a) for a,_ in ws]
            for a,v in ws: l.create_dataset(n+'/'+a, data=v.astype('float32'))
seq=[conv('conv1',6,3,'relu',shape=[12,10,3]), simple('AveragePooling2D','pool1',pool_size=[2,2],padding='valid',strides=[2,2],data_format='channels_last'),
 simple('ZeroPadding2D','pad',padding=[[1,1],[1,1]],data_format='channels_last'), conv('conv2',8,3,'linear'), bn('bn2'), simple('Activation','relu2',activation='relu'),
 simple('Dropout','drop',rate=.5,noise_shape=None,seed=None), simple('Flatten','flat',data_format='channels_last'), dense('dense1',12,'relu'), dense('dense2',4,'softmax')]
sw={'conv1':w_conv(3,6,3),'conv2':w_conv(6,8,3),'bn2':w_bn(8),'dense1':w_dense(8*5*4,12),'dense2':w_dense(12,4)}
write('sequential.h5', dict(class_name='Sequential', config=dict(name='s', layers=seq)), sw, True)
def fn(l, ins): l=dict(l); l['name']=l['config']['name']; l['inbound_nodes']=[[[i,0,0,{}] for i in ins]] if ins else []; return l
inp=dict(class_name='InputLayer', config=dict(batch_input_shape=[None,8,8,3],dtype='float32',sparse=False,ragged=False,name='pictures'))
layers=[fn(inp,[]), fn(conv('stem',6,3,'relu','same'),['pictures']), fn(conv('c1',6,3,'linear','same'),['stem']), fn(bn('b1'),['c1']), fn(simple('Activation','r1',activation='relu'),['b1']),
 fn(conv('c2',6,3,'linear','same'),['r1']), fn(bn('b2'),['c2']), fn(simple('Add','add'),['b2','stem']), fn(simple('ReLU','r2',max_value=None,negative_slope=0.0,threshold=0.0),['add']),
 fn(conv('c3',5,3,'relu','same',2),['r2']), fn(simple('GlobalAveragePooling2D','gap',data_format='channels_last'),['c3']), fn(dense('out',4,'softmax'),['gap'])]
gw={'stem':w_conv(3,6,3),'c1':w_conv(6,6,3),'b1':w_bn(6),'c2':w_conv(6,6,3),'b2':w_bn(6),'c3':w_conv(6,5,3),'out':w_dense(5,4)}
write('functional.h5', dict(class_name='Functional', config=dict(name='f', layers=layers, input_layers=[['pictures',0,0]], output_layers=[['out',0,0]])), gw, True)
write('plain.h5', dict(class_name='Functional', config=dict(name='f', layers=layers, input_layers=[['pictures',0,0]], output_layers=[['out',0,0]])), gw, False)
