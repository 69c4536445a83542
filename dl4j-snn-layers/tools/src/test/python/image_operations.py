# Reference values for ImageOperation, by Pillow (ImageOps, ImageEnhance and affine transforms).
import random, sys
from PIL import Image, ImageOps, ImageEnhance, ImageDraw
random.seed(4)
H, W = 18, 21  # more than 255 pixels, since equalizing changes none of fewer
plane = lambda f: [[f(r, c) for c in range(W)] for r in range(H)]
base = [plane(lambda r, c: 12 * r + random.randrange(40)),
        plane(lambda r, c: random.randrange(60, 180)),
        plane(lambda r, c: 2 * r * c // 3 + random.randrange(9))]
im = Image.new('RGB', (W, H))
im.putdata([tuple(base[k][r][c] for k in range(3)) for r in range(H) for c in range(W)])
grey = (128, 128, 128)
def affine(i, m): return i.transform(i.size, Image.AFFINE, m, Image.NEAREST, fillcolor=grey)
def enh(c): return lambda i, s, neg: c(i).enhance(1 + (-1 if neg else 1) * 0.9 * s / 9)
sg = lambda v, neg: -v if neg else v
import math
def rot(i, s, neg):
    a = math.radians(sg(30 * s / 9, neg)); c, n = math.cos(a), math.sin(a); x, y = W / 2, H / 2
    return affine(i, (c, n, x - c * x - n * y, -n, c, y + n * x - c * y))
ops = {
 'SHEAR_X': lambda i, s, n: affine(i, (1, sg(0.3 * s / 9, n), 0, 0, 1, 0)),
 'SHEAR_Y': lambda i, s, n: affine(i, (1, 0, 0, sg(0.3 * s / 9, n), 1, 0)),
 'TRANSLATE_X': lambda i, s, n: affine(i, (1, 0, sg(int(150 / 331 * W * s / 9), n), 0, 1, 0)),
 'TRANSLATE_Y': lambda i, s, n: affine(i, (1, 0, 0, 0, 1, sg(int(150 / 331 * H * s / 9), n))),
 'ROTATE': rot,
 'BRIGHTNESS': enh(ImageEnhance.Brightness), 'CONTRAST': enh(ImageEnhance.Contrast),
 'COLOR': enh(ImageEnhance.Color), 'SHARPNESS': enh(ImageEnhance.Sharpness),
 'POSTERIZE': lambda i, s, n: ImageOps.posterize(i, 8 - int(4 * s / 9 + 0.5)),
 'SOLARIZE': lambda i, s, n: ImageOps.solarize(i, 255 * (1 - s / 9)),
 'AUTO_CONTRAST': lambda i, s, n: ImageOps.autocontrast(i),
 'EQUALIZE': lambda i, s, n: ImageOps.equalize(i),
 'INVERT': lambda i, s, n: ImageOps.invert(i),
}
def dump(name, s, neg, i):
    d = list(i.getdata())
    print(name, s, neg, ' '.join(str(d[k][c]) for c in range(3) for k in range(H * W)))
print('# Pillow', Image.__version__ if hasattr(Image, '__version__') else '', f'3 x {H} x {W}')
dump('ORIGINAL', 0, 'false', im)
for name, f in ops.items():
    for s in (0, 4, 9):
        for neg in (False, True):
            if neg and name in ('POSTERIZE', 'SOLARIZE', 'AUTO_CONTRAST', 'EQUALIZE', 'INVERT'): continue
            dump(name, s, str(neg).lower(), f(im, s, neg))
